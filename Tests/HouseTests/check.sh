#!/bin/sh
# The one door: everything that is checked, in order, up to the first failure. './bootstrap test'
# and CI call it; the toolchain is first in PATH already.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "${here}/../.."

say() { printf '\n=== %s\n' "$*"; }

say "format"
swift format lint --strict --recursive --parallel \
	--configuration Tests/HouseTests/swift-format.json Package.swift Sources Tests Benchmarks

say "shell"
find .ci bootstrap Tests Benchmarks -type f ! -name '*.swift' -exec sh -c \
	'for file; do head -n 1 "${file}" | grep -q "^#!/bin/sh" && printf "%s\0" "${file}"; done' \
	sh {} + | xargs -0 shellcheck --severity=style --enable=all --exclude=SC2250,SC2310

say "manual"
mandoc -T lint -W warning man/*.[1-8]

say "build"
swift build --configuration release --build-tests

say "completions"
bin=$(swift build --configuration release --show-bin-path)
"${bin}/sfs" --generate-completion-script bash | diff - completions/sfs.bash
"${bin}/sfs" --generate-completion-script zsh | diff - completions/_sfs
"${bin}/sfs" --generate-completion-script fish | diff - completions/sfs.fish
bash -n completions/sfs.bash
zsh -n completions/_sfs
fish --no-execute completions/sfs.fish
bash -c '. completions/sfs.bash && complete -p sfs'

say "tests"
# The programs as they are installed: linked once more, with nothing compiled again.
for program in sfs sfsd
do
	SFS_LINK=static swift build --configuration release --product "${program}"
done
# Some suites open thousands of descriptors, some start servers and daemons: a process for each
# kind, so that no child gets what is another's.
for suites in 'Core|Wire|Config|Files|Volume|House|Passwords|Fetch' \
	'SFSStore|SFSPrism|SFSCatalog|SFSServer|SFSEngine' 'SFSHTTP' 'SFSPostgres' 'SFSClient|Sfs' \
	'ProcessFixture' 'ProcessTests' 'Conformance'
do
	say "tests: ${suites}"
	swift test --configuration release --skip-build --filter "(${suites})[A-Za-z]*\."
done

say "fuzzing"
Tests/OpenAPI/fuzz.sh

say "trust"
# A sample of each campaign; Tests/Trust/README.md tells how to run all of it.
"${bin}/killsweep" --points 24
"${bin}/powercut" --points 24
"${bin}/operations" --files 300
# And that each of them finds a bug that was planted.
"${bin}/killsweep" --points 3 --plant lostcopy
"${bin}/powercut" --points 4 --plant nofsync
"${bin}/operations" --files 200 --replay diskloss --plant lostcopy

say "all is well"
