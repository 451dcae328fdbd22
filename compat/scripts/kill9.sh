#!/usr/bin/env bash
# Kills the server with kill -9 under load and checks that no acknowledged message is lost or changed.
#
#   compat/scripts/kill9.sh [ROUNDS] [SEED]
#
# 20 rounds by default; the seed is printed and a given one repeats the moments of the kills.
set -euo pipefail
rounds=${1:-20}
seed=${2:-}
cd "$(dirname "$0")/../.."
options=(-Dcompat.kill.rounds="$rounds")
if [ -n "$seed" ]; then options+=(-Dcompat.seed="$seed"); fi
status=0
mvn -q -B -ntp -pl compat -am test -Dtest=KillNineTest -Dsurefire.failIfNoSpecifiedTests=false "${options[@]}" || status=$?
grep '^kill -9:' compat/target/surefire-reports/io.orbitmq.compat.durability.KillNineTest-output.txt || true
exit $status
