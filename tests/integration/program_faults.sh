# shellcheck shell=sh disable=SC2016 # sh -c expands its argument itself
# Faults that a program's shell, user or server can cause. Sourced by examples_test.sh.

spares=$(for number in 1 2 3 4; do echo "$account spare-$number new"; done) # for start_mock
spare=0

# expect_full_output STATUS TEXT COMMAND...: standard output is full, so the report must go to the error stream. SPARE
# in the command becomes an order that was not canceled yet.
expect_full_output() {
  for lost in '>&-' '>/dev/full'; do
    [ "$lost" = '>&-' ] || [ -c /dev/full ] || continue
    spare=$((spare + 1))
    expect_with_spare "$lost" "$@"
  done
}

expect_with_spare() {
  lost=$1 wanted=$2 told=$3
  shift 3
  for word; do
    shift
    [ "$word" = SPARE ] && word=spare-$spare
    set -- "$@" "$word"
  done
  expect "$wanted" "$told" sh -c '"$@" '"$lost" sh "$@"
}

# expect_no_reader STATUS TEXT COMMAND...: the reader of the output has ended.
expect_no_reader() {
  wanted=$1 told=$2
  shift 2
  expect 0 "$told" sh -c '{ sleep 0.2; "$@"; echo "status $?" >&2; } | true' sh "$@"
  says "^status $wanted\$"
}

# start_hostile: starts a broker that sends what the mock broker never would.
start_hostile() {
  stop_mock
  python3 "${0%/*}/hostile_broker.py" "$account" "$open" >"$log" &
  mock=$!
  for _ in $(seq 100); do
    grep -q '^secret' "$log" && break
    sleep 0.05
  done
  url=$(sed -n 's/^url *//p' "$log")
  [ -n "$url" ] || fail "the hostile broker did not start"
}

# The output contains the fields of its order, but not their control characters.
says_hostile_text_safely() {
  says 'x1b\]0;title.x07A.x7fB.xc2.x9b2J.xe2.x80.xaeC.x0aforged'
  control=$(printf '[\001-\011\013-\037\177\302\342]')
  ! printf '%s\n' "$output" | LC_ALL=C grep -q "$control" || fail "a control character was printed: $output"
}

# expect_stopped STATUS TEXT SIGNALS COMMAND...: sends the signals after the first cancel was sent. The command must end
# soon with a report.
expect_stopped() {
  status=$1 text=$2 signals=$3
  shift 3
  before=$(grep -c ^DELETE "$log")
  "$@" >"$files/out" 2>&1 &
  program=$!
  begin=$(date +%s)
  for _ in $(seq 100); do
    [ "$(grep -c ^DELETE "$log")" -gt "$before" ] && break
    sleep 0.05
  done
  for signal in $signals; do
    kill -s "$signal" "$program" 2>/dev/null
    sleep 0.02
  done
  wait "$program"
  actual=$?
  output=$(cat "$files/out")
  [ "$actual" = "$status" ] || fail "$* after $signals exited with $actual instead of $status: $output"
  case $output in *"$text"*) ;; *) fail "$* after $signals did not print '$text': $output" ;; esac
  [ $(($(date +%s) - begin)) -lt 10 ] || fail "$* did not stop for $signals"
}

# without_threads COMMAND...: runs the command as a user who may start no threads. Root has no limit, so it uses the
# user nobody. The leak check of a sanitizer would start a thread, so it is off.
without_threads() {
  set -- env ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" "$@"
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=65534 --regid=65534 --clear-groups prlimit --nproc=1 "$@"
  else
    prlimit --nproc=1 "$@"
  fi
}

# Whether that works here: a sanitizer needs a thread of its own, and the user nobody may lack access to a folder.
can_run_without_threads() {
  without_threads "$examples/kill_switch" --nonsense 2>&1 | grep -q usage && return 0
  echo "left out: running without threads does not work here"
  return 1
}
