extension MediaTypeTable {
    // Source: types.json of the npm package mime 1.6.0 (mime-db 1.31), the common part of it.
    static let npm = """
        application/atom+xml atom
        application/dash+xml mpd
        application/epub+zip epub
        application/font-woff woff
        application/font-woff2 woff2
        application/geo+json geojson
        application/gpx+xml gpx
        application/gzip gz
        application/java-archive jar war ear
        application/java-vm class
        application/javascript js mjs
        application/json json map
        application/json5 json5
        application/ld+json jsonld
        application/mathml+xml mathml
        application/mbox mbox
        application/mp4 mp4s m4p
        application/msword doc dot
        application/mxf mxf
        application/octet-stream bin dms lrf mar so dist pkg dump deploy exe dll deb dmg iso img msi
        application/ogg ogx
        application/oxps oxps
        application/pdf pdf
        application/pgp-encrypted pgp
        application/pgp-signature asc sig
        application/pkix-cert cer
        application/postscript ai eps ps
        application/rdf+xml rdf
        application/rss+xml rss
        application/rtf rtf
        application/smil+xml smi smil
        application/vnd.amazon.ebook azw
        application/vnd.android.package-archive apk
        application/vnd.apple.installer+xml mpkg
        application/vnd.apple.mpegurl m3u8
        application/vnd.google-earth.kml+xml kml
        application/vnd.google-earth.kmz kmz
        application/vnd.mozilla.xul+xml xul
        application/vnd.ms-cab-compressed cab
        application/vnd.ms-excel xls xlm xla xlc xlt xlw
        application/vnd.ms-excel.sheet.macroenabled.12 xlsm
        application/vnd.ms-fontobject eot
        application/vnd.ms-htmlhelp chm
        application/vnd.ms-outlook msg
        application/vnd.ms-powerpoint ppt pps pot
        application/vnd.ms-project mpp mpt
        application/vnd.ms-word.document.macroenabled.12 docm
        application/vnd.ms-xpsdocument xps
        application/vnd.oasis.opendocument.chart odc
        application/vnd.oasis.opendocument.database odb
        application/vnd.oasis.opendocument.formula odf
        application/vnd.oasis.opendocument.graphics odg
        application/vnd.oasis.opendocument.image odi
        application/vnd.oasis.opendocument.presentation odp
        application/vnd.oasis.opendocument.presentation-template otp
        application/vnd.oasis.opendocument.spreadsheet ods
        application/vnd.oasis.opendocument.spreadsheet-template ots
        application/vnd.oasis.opendocument.text odt
        application/vnd.oasis.opendocument.text-template ott
        application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
        application/vnd.openxmlformats-officedocument.presentationml.slideshow ppsx
        application/vnd.openxmlformats-officedocument.presentationml.template potx
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
        application/vnd.openxmlformats-officedocument.spreadsheetml.template xltx
        application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
        application/vnd.openxmlformats-officedocument.wordprocessingml.template dotx
        application/vnd.rn-realmedia rm
        application/vnd.tcpdump.pcap pcap cap dmp
        application/vnd.visio vsd vst vss vsw
        application/vnd.wordperfect wpd
        application/x-7z-compressed 7z
        application/x-apple-diskimage dmg
        application/x-bittorrent torrent
        application/x-bzip bz
        application/x-bzip2 bz2 boz
        application/x-cbr cbr cba cbt cbz cb7
        application/x-chrome-extension crx
        application/x-cpio cpio
        application/x-csh csh
        application/x-debian-package deb udeb
        application/x-dvi dvi
        application/x-font-otf otf
        application/x-font-ttf ttf ttc
        application/x-gtar gtar
        application/x-httpd-php php
        application/x-iso9660-image iso
        application/x-latex latex
        application/x-lzh-compressed lzh lha
        application/x-mobipocket-ebook prc mobi
        application/x-msaccess mdb
        application/x-msdownload exe dll com bat msi
        application/x-msmetafile wmf wmz emf emz
        application/x-mspublisher pub
        application/x-perl pl pm
        application/x-pkcs12 p12 pfx
        application/x-rar-compressed rar
        application/x-redhat-package-manager rpm
        application/x-sh sh
        application/x-shockwave-flash swf
        application/x-sql sql
        application/x-stuffit sit
        application/x-subrip srt
        application/x-tar tar
        application/x-tcl tcl tk
        application/x-tex tex
        application/x-x509-ca-cert der crt pem
        application/x-xpinstall xpi
        application/x-xz xz
        application/xhtml+xml xhtml xht
        application/xml xml xsl xsd rng
        application/xml-dtd dtd
        application/xslt+xml xslt
        application/xspf+xml xspf
        application/zip zip
        audio/3gpp 3gpp
        audio/basic au snd
        audio/midi mid midi kar rmi
        audio/mp3 mp3
        audio/mp4 m4a mp4a
        audio/mpeg mpga mp2 mp2a mp3 m2a m3a
        audio/ogg oga ogg spx
        audio/wav wav
        audio/wave wav
        audio/webm weba
        audio/x-aac aac
        audio/x-aiff aif aiff aifc
        audio/x-caf caf
        audio/x-flac flac
        audio/x-m4a m4a
        audio/x-matroska mka
        audio/x-mpegurl m3u
        audio/x-ms-wma wma
        audio/x-pn-realaudio ram ra
        audio/x-realaudio ra
        audio/x-wav wav
        font/otf otf
        image/apng apng
        image/bmp bmp
        image/gif gif
        image/jpeg jpeg jpg jpe
        image/png png
        image/sgi sgi
        image/svg+xml svg svgz
        image/tiff tiff tif
        image/vnd.adobe.photoshop psd
        image/vnd.djvu djvu djv
        image/vnd.dwg dwg
        image/vnd.dxf dxf
        image/vnd.ms-photo wdp
        image/webp webp
        image/x-icon ico
        image/x-ms-bmp bmp
        image/x-pcx pcx
        image/x-pict pic pct
        image/x-portable-anymap pnm
        image/x-portable-bitmap pbm
        image/x-portable-graymap pgm
        image/x-portable-pixmap ppm
        image/x-tga tga
        image/x-xbitmap xbm
        image/x-xpixmap xpm
        message/rfc822 eml mime
        model/gltf+json gltf
        model/gltf-binary glb
        model/vrml wrl vrml
        text/cache-manifest appcache manifest
        text/calendar ics ifb
        text/coffeescript coffee litcoffee
        text/css css
        text/csv csv
        text/html html htm shtml
        text/jsx jsx
        text/less less
        text/markdown markdown md
        text/plain txt text conf def list log in ini
        text/richtext rtx
        text/rtf rtf
        text/sgml sgml sgm
        text/tab-separated-values tsv
        text/troff t tr roff man me ms
        text/turtle ttl
        text/uri-list uri uris urls
        text/vcard vcard
        text/vtt vtt
        text/x-asm s asm
        text/x-c c cc cxx cpp h hh dic
        text/x-fortran f for f77 f90
        text/x-java-source java
        text/x-lua lua
        text/x-nfo nfo
        text/x-org org
        text/x-pascal p pas
        text/x-sass sass
        text/x-scss scss
        text/x-vcalendar vcs
        text/x-vcard vcf
        text/xml xml
        text/yaml yaml yml
        video/3gpp 3gp 3gpp
        video/3gpp2 3g2
        video/h264 h264
        video/mj2 mj2 mjp2
        video/mp2t ts
        video/mp4 mp4 mp4v mpg4
        video/mpeg mpeg mpg mpe m1v m2v
        video/ogg ogv
        video/quicktime qt mov
        video/vnd.mpegurl mxu m4u
        video/webm webm
        video/x-f4v f4v
        video/x-flv flv
        video/x-m4v m4v
        video/x-matroska mkv mk3d mks
        video/x-mng mng
        video/x-ms-asf asf asx
        video/x-ms-vob vob
        video/x-ms-wmv wmv
        video/x-msvideo avi
        video/x-sgi-movie movie
        """
}
