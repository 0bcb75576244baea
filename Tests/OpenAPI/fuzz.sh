#!/bin/sh
# Asks a running cluster all that its OpenAPI documents allow, and much that they do not, and
# compares the answers with them:
#
#   Tests/OpenAPI/fuzz.sh [SFSD]
#
# SFSD is .build/release/sfsd unless it is named. It takes a minute or two; the seed is fixed, so
# that a second run asks the same. SFS_FUZZ_SEED and SFS_FUZZ_EXAMPLES ask something else.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
tree=$(CDPATH='' cd -- "${here}/../.." && pwd)
sfsd=${1:-${tree}/.build/release/sfsd}
python=${tree}/.build/schemathesis
seed=${SFS_FUZZ_SEED:-20261122}
# Test cases for an operation in the phase that draws them at random.
examples=${SFS_FUZZ_EXAMPLES:-10}
# Seconds for the three runs together; they need 40 where nothing else runs.
seconds_maximum=150
# The bytes that the documents have as their example, so that some questions are answered by 200.
content='The fox is brown'

say() { printf '\n=== %s\n' "$*"; }

fail() {
	printf 'fuzz: %s\n' "$*" >&2
	exit 1
}

# The programs of PyPI, once for each list of versions, for every user of the tree.
tools() (
	cmp -s "${here}/requirements.txt" "${python}/requirements.txt" && exit 0
	say "installing schemathesis"
	umask 022
	rm -rf "${python}"
	python3 -m venv "${python}"
	"${python}/bin/pip" install --quiet --no-deps --disable-pip-version-check \
		--requirement "${here}/requirements.txt"
	cp "${here}/requirements.txt" "${python}/requirements.txt"
)

daemon=
umask 077
scratch=$(mktemp -d)
# As root, PostgreSQL runs as a user of its own, who has to pass through.
chmod 711 "${scratch}"
finish() {
	status=$?
	trap - EXIT INT TERM
	if [ -n "${daemon}" ]
	then
		kill "${daemon}" 2> /dev/null || :
		wait "${daemon}" || :
	fi
	rm -rf "${scratch}"
	exit "${status}"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A cluster that forgets failed logins at once, which otherwise slow down the next.
start() {
	SFS_ACCOUNTS_LOGIN_DELAY=1ms SFS_ACCOUNTS_LOGIN_DELAY_MAXIMUM=1ms \
		"${sfsd}" dev --state "${scratch}/state" > "${scratch}/log" 2>&1 < /dev/null &
	daemon=$!
	tries=0
	until [ -s "${scratch}/state/env" ]
	do
		tries=$((tries + 1))
		{ [ "${tries}" -le 300 ] && kill -0 "${daemon}" 2> /dev/null; } || {
			cat "${scratch}/log" >&2
			fail "'${sfsd} dev' does not get ready"
		}
		sleep 0.2
	done
	# shellcheck source=/dev/null
	. "${scratch}/state/env"
}

# Calls the API: call FIELD OPTION... The field of the header is not shown to other users of the
# machine, as it would be among the options.
call() {
	printf 'header = "%s"\n' "$1" | {
		shift
		curl --silent --show-error --fail --max-time 30 --config - "$@"
	}
}

# Runs schemathesis on the document of the member at a URL: run NAME URL FIELD TOKEN OPTION...
#
# A 5xx that is not documented is a status that is not documented; one that is may still tell of a
# fault of the node, which the check of our own (checks.py) looks for.
run() {
	name=$1 url=$2 field=$3 token=$4
	shift 4
	say "${name}: ${url}/openapi.json"
	call "${nobody}" --output "${scratch}/openapi.json" "${url}/openapi.json"
	"${python}/bin/openapi-spec-validator" "${scratch}/openapi.json"
	now=$(date +%s)
	left=$((deadline - now))
	# None left is one second: for timeout(1) 0 is for ever.
	[ "${left}" -gt 0 ] || left=1
	status=0
	SFS_FUZZ_HOOKS=${here}/checks.py SFS_FUZZ_FIELD=${field} SFS_FUZZ_TOKEN=${token} \
		timeout --kill-after 5 "${left}" \
		"${python}/bin/schemathesis" --config-file "${here}/schemathesis.toml" run \
		"${url}/openapi.json" --url "${url}" --seed "${seed}" --max-examples "${examples}" \
		--phases examples,coverage,fuzzing --continue-on-failure --request-timeout 20 \
		--max-redirects 0 --warnings off "$@" > "${scratch}/report" 2>&1 || status=$?
	cat "${scratch}/report"
	[ "${status}" -ne 124 ] || printf 'all took more than %s seconds\n' "${seconds_maximum}"
	cases=$(sed -n 's/^ *\([0-9][0-9]*\) generated,.*/\1/p' "${scratch}/report")
	found=$(sed -n 's/.* generated,.* \([0-9][0-9]*\) unique failure.*/\1/p' "${scratch}/report")
	passed=$((passed + ${cases:-0} - ${found:-0}))
	# A run that failed for another reason counts as one.
	[ "${status}" -eq 0 ] || found=${found:-1}
	failed=$((failed + ${found:-0}))
	kill -0 "${daemon}" 2> /dev/null || fail "sfsd has ended"
}

[ -x "${sfsd}" ] || fail "no program '${sfsd}'; build it, or name it"
tools
say "starting '${sfsd} dev'; seed ${seed}"
start
: "${SFS_URL:?}" "${SFS_TOKEN:?}"
nobody='Accept: */*'
operator="Authorization: Bearer ${SFS_TOKEN}"

call "${operator}" --output "${scratch}/account" "${SFS_URL}/v1/accounts" \
	--data '{"name":"fuzzer","password":"a-password-for-fuzzing"}'
call "${nobody}" --output "${scratch}/session" "${SFS_URL}/v1/sessions" \
	--data '{"name":"fuzzer","password":"a-password-for-fuzzing","permanent":true}'
session=$(sed -n 's/.*"token":"\([^"]*\)".*/\1/p' "${scratch}/session")
[ -n "${session}" ] || fail "no session was opened"
# On every store, so that the one below has it.
call "${operator}" --output "${scratch}/content" --data-binary "${content}" \
	"${SFS_URL}/v1/contents?extension=txt&type=text/plain&copies=4"
# A prism tells where a store is.
store=$(call "${nobody}" --output "${scratch}/redirect" --write-out '%{redirect_url}' \
	"${SFS_URL}/content/speedtest?size=1k&addressType=ip" | sed 's,/content/.*,,')
[ -n "${store}" ] || fail "the prism names no store"

conformance=status_code_conformance,content_type_conformance
conformance=${conformance},response_headers_conformance,response_schema_conformance
conformance=${conformance},no_fault_of_the_node
passed=0
failed=0
deadline=$(date +%s)
deadline=$((deadline + seconds_maximum))

# As an account. Left out: what would end its own session, and what would fetch the URLs that are
# drawn, which belong to strangers. Not checked here: that other methods are answered with 405,
# since '/{token}/{file}' takes every GET of two segments.
run "a prism, as an account" "${SFS_URL}" X-STRETCHFS-Token "${session}" \
	--checks "${conformance}" \
	--exclude-path /user/logout --exclude-path /content/retrieve
# As an operator, who may end all sessions and remove all accounts: they are not needed any more.
run "a prism, as an operator" "${SFS_URL}" Authorization "Bearer ${SFS_TOKEN}" \
	--checks "${conformance}" --include-path /user/logout --include-tag sessions \
	--include-tag accounts --include-tag cluster
run "a store, as an operator" "${store}" Authorization "Bearer ${SFS_TOKEN}" \
	--checks "${conformance},unsupported_method,allow_header_conformance"

say "the log of sfsd"
! grep -E ' (error|critical) ' "${scratch}/log" || failed=$((failed + 1))
kill -0 "${daemon}" 2> /dev/null || fail "sfsd has ended"
printf '\n%s passed, %s failed (seed %s)\n' "${passed}" "${failed}" "${seed}"
[ "${failed}" -eq 0 ] && [ "${passed}" -gt 0 ]
