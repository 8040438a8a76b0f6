#!/bin/sh
# Checks the pipelines of the configuration in the current folder, and prints a report in Markdown without secrets.
#
# Exit code: 0 if all is well, 1 if something is wrong, 2 if that could not be found out.
# Needs jq, and Terraform 1.8 or later. TERRAFORM=tofu uses OpenTofu.
set -u
umask 077 # a plan file holds secrets

terraform=${TERRAFORM:-terraform}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

# Names and messages come from others: on one line and as code, none of them is Markdown, a mention or a command.
quoting='def code: tostring | gsub("[[:cntrl:]\u2028\u2029\u202a-\u202e\u2066-\u2069]+"; " ") | gsub("`"; "\u0027")
  | if length > 300 then .[:300] + "…" else . end | if test("^ *$") then "-" else . end | "`" + . + "`";'

findings='
  def changed: .change as {$before, $after, $after_unknown}
    | if ([$before, $after] | map(type)) != ["object", "object"] then ""
      else [$before + $after | keys[] | select($before[.] != $after[.] and $after_unknown[.]? != true) | code] | join(", ") end
    | if . == "" then "" else ": " + . end;
  def differs: .change.actions
    | if . == ["create"] then "does not exist" elif . == ["update"] then "differs from the configuration"
      elif . == ["delete"] or . == ["forget"] then "is no longer in the configuration" else "has to be replaced" end;

  (.resource_changes // [] | .[] | select(.change.actions != ["no-op"] and .change.actions != ["read"])
    | "- **Drift**: " + (.address | code) + " " + differs + changed),
  (.output_changes // {} | to_entries[] | select(.value.actions != ["no-op"]) | "- **Drift**: the output " + (.key | code) + " differs"),
  (checks("fail") | "- **Check failed**: " + (.address.to_display | code) + ([.problems // [] | .[] | " " + (.message | code)] | add // "")),
  (checks("error") | "- **Check without a result**: " + (.address.to_display | code))'

# A check in a module has an instance for each of the module's.
checks='def checks($status): .checks // [] | .[] | if (.instances // []) == [] then . else .instances[] end | select(.status == $status);'

judge() { jq -r "$quoting $checks $1" "$work/plan.json"; }

# The log of the job has all that Terraform prints. Sensitive values are masked there.
run() {
  "$terraform" "$@" >"$work/log" 2>&1
  code=$?
  cat "$work/log" >&2
  return "$code"
}

unable() {
  printf '# Customer.io pipelines could not be checked\n\n%s Nothing is known about the pipelines. The log of the job says more.\n' "$1"
  if [ -s "$work/log" ]; then
    printf '\n'
    # An outage is an error of every resource, in an order that differs each time: here, it is one line.
    jq -Rr "$quoting"'select(test("^(│ )?Error: ")) | "- " + (ltrimstr("│ ") | code)' "$work/log" | sort -u
  fi
  exit 2
}

command -v jq >/dev/null || unable "jq is missing."
command -v "$terraform" >/dev/null || unable "Terraform is missing: there is no program $terraform."
run init -input=false -no-color || unable "The initialization failed."
run plan -input=false -no-color -lock-timeout=5m -detailed-exitcode -out="$work/plan"
planned=$?
[ "$planned" -eq 0 ] || [ "$planned" -eq 2 ] || unable "The plan failed."
: >"$work/log"
"$terraform" show -json "$work/plan" >"$work/plan.json" || unable "The plan could not be read."
judge "$findings" >"$work/findings" || unable "The plan could not be read."
unknown=$(judge '[checks("unknown") | .address.to_display | code] | join(", ")')
passed=$(judge '[checks("pass")] | length')

if [ "$planned" -eq 2 ] && ! grep -q '^- \*\*Drift' "$work/findings"; then
  echo '- **Drift**: the plan is not empty' >>"$work/findings"
fi
if [ ! -s "$work/findings" ]; then
  printf '# Customer.io pipelines are well\n\nNo drift. %s checks passed.\n' "$passed"
  exit 0
fi
printf '# Customer.io pipelines need attention\n\n'
sed '51,$d' "$work/findings"
more=$(($(wc -l <"$work/findings") - 50))
[ "$more" -le 0 ] || printf '\nThere are %s more. The log of the job has them.\n' "$more"
[ -z "$unknown" ] || printf '\nWithout a result until the next apply: %s\n' "$unknown"
exit 1
