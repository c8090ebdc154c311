#!/bin/sh
# Runs an example against a mock broker and checks its output: examples_test.sh CASE FOLDER_OF_THE_EXAMPLES
# shellcheck disable=SC2016 # sh -c expands its argument itself
set -u
examples=$2
account=3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b
open=61e69015-8549-4bfd-b9c3-01e75843f47d
filled=904837e3-3b76-47ec-b432-046db621571b
files=$(mktemp -d)
log=$files/log
: >"$log"
mock=
trap 'kill "$mock" 2>/dev/null; rm -rf "$files"' EXIT

fail() {
  echo "FAILED: $*"
  cat "$log"
  exit 1
}

# Clears the log of the previous mock broker.
stop_mock() {
  [ -z "$mock" ] || { kill "$mock" && wait "$mock"; } 2>/dev/null
  mock=
  : >"$log"
}

start_mock() {
  stop_mock
  "$examples/mock_broker" "$account" "$open" new "$account" "$filled" filled "$@" >"$log" &
  mock=$!
  for _ in $(seq 100); do
    grep -q '^ready' "$log" && break
    sleep 0.05
  done
  grep -q '^ready' "$log" || fail "the mock broker did not start"
  url=$(sed -n 's/^url *//p' "$log")
  ALPACA_BROKER_API_KEY=$(sed -n 's/^key *//p' "$log")
  ALPACA_BROKER_API_SECRET=$(sed -n 's/^secret *//p' "$log")
  export ALPACA_BROKER_API_KEY ALPACA_BROKER_API_SECRET
}

# expect STATUS TEXT COMMAND...: runs the command, which must exit with STATUS and print TEXT.
expect() {
  status=$1 text=$2
  shift 2
  output=$("$@" 2>&1)
  actual=$?
  [ "$actual" = "$status" ] || fail "$* exited with $actual instead of $status: $output"
  case $output in *"$text"*) ;; *) fail "$* did not print '$text': $output" ;; esac
}

# says PATTERN: a line of the last output matches the pattern.
says() {
  printf '%s\n' "$output" | grep -q -- "$1" || fail "no line says '$1': $output"
}

. "${0%/*}/program_faults.sh"

case $1 in
  demo)
    expect 0 "4 requests, 0 of them for the hostile id" "$examples/demo"
    for text in accepted NotCancelable NotFound Unauthorized InvalidArgument "new -> pending_cancel" \
      "998 canceled, 2 filled meanwhile, 0 open or unknown" "every account is empty"; do
      case $output in *"$text"*) ;; *) fail "the demo did not print '$text': $output" ;; esac
    done
    expect_full_output 6 "cannot be written" "$examples/demo"
    ;;
  cancel_order)
    start_mock $spares
    expect 0 "cancel accepted, request id " "$examples/cancel_order" $account $open --url "$url"
    expect 1 "NotCancelable: The broker answered 422" "$examples/cancel_order" $account $filled --url "$url"
    expect 1 "InvalidArgument: order id has '.'" "$examples/cancel_order" $account .. --url "$url"
    expect 2 "usage: " "$examples/cancel_order"
    expect_full_output 6 "cancel accepted, request id " "$examples/cancel_order" $account SPARE --url "$url"
    expect 6 "" sh -c '"$@" <&- >&- 2>&-' sh "$examples/cancel_order" $account spare-3 --url "$url"
    unset ALPACA_BROKER_API_SECRET
    expect 1 "ALPACA_BROKER_API_SECRET is not set" "$examples/cancel_order" $account $open --url "$url"
    [ "$(grep -c ^DELETE "$log")" -le 5 ] || fail "more requests than calls"
    ;;
  first_cancel)
    start_mock $spares
    expect 0 "accepted: the order may still fill" "$examples/first_cancel" $account $open --url "$url"
    expect 1 "The broker answered 422" "$examples/first_cancel" $account $filled --url "$url"
    expect 1 "order id has '.'" "$examples/first_cancel" $account .. --url "$url"
    expect 2 "usage: " "$examples/first_cancel"
    unset ALPACA_BROKER_API_SECRET
    expect 1 "ALPACA_BROKER_API_SECRET is not set" "$examples/first_cancel" $account $open --url "$url"
    ;;
  event_loop)
    for text in "tick 98.5" "bid-at-101: cancel accepted" "bid-at-100: NotCancelable" "bid-at-99: cancel accepted" \
      "results on another thread than the strategy's: 0"; do
      expect 0 "$text" "$examples/event_loop"
    done
    case $output in *bid-at-90*) fail "canceled a quote that the market did not reach: $output" ;; esac
    expect_full_output 6 "cannot be written" "$examples/event_loop"
    ;;
  coroutine)
    for text in "order-new: cancel accepted" "order-partially_filled: cancel accepted" "order-filled: NotCancelable"; do
      expect 0 "$text" "$examples/coroutine"
    done
    case $output in *order-accepted*) fail "continued after a refusal: $output" ;; esac
    expect_full_output 6 "cannot be written" "$examples/coroutine"
    ;;
  cancel_and_confirm)
    start_mock --cancels-take 20 $spares
    expect 0 "outcome      Canceled" "$examples/cancel_and_confirm" $account $open --url "$url"
    expect 4 "outcome      Filled" "$examples/cancel_and_confirm" $account $filled --url "$url"
    expect 1 "NotFound: " "$examples/cancel_and_confirm" $account unknown --url "$url"
    expect 2 "accepted: 1 to 128 characters" "$examples/cancel_and_confirm" $account ../orders --url "$url"
    expect 2 "usage: " "$examples/cancel_and_confirm" $account
    expect 2 "\"5m\" is not a whole number" "$examples/cancel_and_confirm" $account $open --deadline 5m
    expect_full_output 4 "outcome      Filled" "$examples/cancel_and_confirm" $account $filled --url "$url"
    expect_full_output 6 "outcome      Canceled" "$examples/cancel_and_confirm" $account SPARE --url "$url"
    start_mock --cancels-take 60000
    expect_stopped 5 "outcome      Pending" HUP \
      "$examples/cancel_and_confirm" $account $open --url "$url" --deadline 20
    start_mock --cancels-take 60000
    expect_stopped 5 "outcome      Pending" "USR1 TERM" \
      "$examples/cancel_and_confirm" $account $open --url "$url" --deadline 20
    command -v python3 >/dev/null || exit 77
    start_hostile
    expect 5 "outcome      Pending" "$examples/cancel_and_confirm" $account $open --url "$url" --deadline 1
    says_hostile_text_safely
    ;;
  cancel_many)
    second=904837e3-3b76-47ec-b432-000000000002
    third=904837e3-3b76-47ec-b432-000000000003
    start_mock $spares "$account" $second new "$account" $third new
    list=$files/list
    printf '# two orders\n%s\n\n%s\n%s\n' $open $second $open >"$list"
    expect 0 "accepted              2" "$examples/cancel_many" --account $account --url "$url" "$list"
    printf '%s %s\n%s %s\n%s unknown\n' $account $third $account $filled $account >"$list"
    expect 1 "$filled NotCancelable: " sh -c "'$examples/cancel_many' --url '$url' <'$list'"
    expect 1 "refused               3" "$examples/cancel_many" --url "$url" "$list"
    sleep 0.2 # the mock broker writes its log a moment later
    before=$(grep -c ^DELETE "$log")
    printf '%s %s\n%s ..\n' $account $third $account >"$list"
    expect 2 "line 2: order id has '.' as character 1" "$examples/cancel_many" --url "$url" "$list"
    expect 2 "line 1: an order's id is wanted" "$examples/cancel_many" --account $account --url "$url" "$list"
    expect 2 "cannot be read" "$examples/cancel_many" --url "$url" /nowhere
    expect 2 "usage: " "$examples/cancel_many" --nonsense
    expect 2 "cannot be read: Is a directory" "$examples/cancel_many" --url "$url" "$files"
    expect 2 "cannot be read: Bad file descriptor" sh -c '"$@" <&-' sh "$examples/cancel_many" --url "$url"
    expect 2 "cannot be read: Is a directory" sh -c '"$@" <.' sh "$examples/cancel_many" --url "$url"
    expect 2 "the list has no order; nothing was sent" "$examples/cancel_many" --url "$url" /dev/null
    echo "# $account $third" >"$list"
    expect 2 "the list has no order; nothing was sent" "$examples/cancel_many" --url "$url" "$list"
    printf '%s %s\n' $account $third >"$list"
    ! command -v python3 >/dev/null || expect 2 "the standard input cannot be read: " python3 -c 'if True:
      import os, subprocess, sys  # a pipe with one line, then an error: a read does not block
      reader, writer = os.pipe()
      os.write(writer, open(sys.argv[1], "rb").read())
      os.set_blocking(reader, False)
      sys.exit(subprocess.run(sys.argv[2:], stdin=reader).returncode)' "$list" "$examples/cancel_many" --url "$url"
    sleep 0.2
    [ "$(grep -c ^DELETE "$log")" = "$before" ] || fail "something was sent for an unusable file"
    expect_full_output 6 "accepted              1" sh -c 'echo "$0" | "$@"' SPARE \
      "$examples/cancel_many" --account $account --url "$url"
    echo spare-3 >"$list"
    expect_no_reader 6 "accepted              1" "$examples/cancel_many" --account $account --url "$url" "$list"
    echo spare-4 >"$list"
    ! can_run_without_threads ||
      expect 0 "accepted              1" without_threads "$examples/cancel_many" --account $account --url "$url" <"$list"
    command -v python3 >/dev/null || exit 77
    start_hostile
    printf '%s stall\n' $account >"$list"
    for signals in HUP "HUP HUP" "USR1 TERM"; do
      expect_stopped 3 "maybe applied         1" "$signals" \
        "$examples/cancel_many" --url "$url" --deadline 20 "$list"
    done
    ;;
  kill_switch)
    other=904837e3-3b76-47ec-b432-000000000002
    start_mock --cancels-take 20 "$account" $other new
    expect 0 "2 would be canceled" sh -c "'$examples/kill_switch' --dry-run --url '$url' $account; [ \$? = 1 ]"
    expect 2 "not confirmed, nothing was sent" sh -c "echo no | '$examples/kill_switch' --url '$url' $account"
    ! grep -q ^DELETE "$log" || fail "something was canceled without confirmation"
    expect 1 "no such account" sh -c "'$examples/kill_switch' --yes --deadline 2 --url '$url' 00000000-0000-4000-8000-000000000000 ||
      { echo no such account; exit 1; }"
    expect 0 "0 canceled" "$examples/kill_switch" --yes --url "$url" --side sell $account
    expect 0 "none of the chosen orders is open" \
      "$examples/kill_switch" --yes --url "$url" --submitted-before 2020-01-01T00:00:00Z $account
    expect 0 "2 canceled, 0 filled" sh -c "echo yes | '$examples/kill_switch' --url '$url' $account"
    expect 0 "no order is open any more" "$examples/kill_switch" --yes --url "$url" $account
    expect 2 "is not a time of RFC 3339" "$examples/kill_switch" --url "$url" --submitted-before yesterday $account
    expect 2 "there is no way to say all" "$examples/kill_switch" --yes --url "$url"
    expect_full_output 6 "no order is open any more" "$examples/kill_switch" --yes --url "$url" $account
    expect_no_reader 6 "no order is open any more" "$examples/kill_switch" --yes --url "$url" $account
    expect 6 "" sh -c '"$@" <&- >&- 2>&-' sh "$examples/kill_switch" --yes --url "$url" $account
    start_mock --cancels-take 20
    ! can_run_without_threads ||
      expect 0 "1 canceled, 0 filled" without_threads "$examples/kill_switch" --yes --url "$url" $account
    start_mock --cancels-take 60000
    for signals in HUP "HUP HUP TERM" "USR1 TERM" "USR1 USR2 HUP"; do
      expect_stopped 1 "1 still open" "$signals" "$examples/kill_switch" --yes --url "$url" --deadline 20 $account
      says "NOT EMPTY"
    done
    command -v python3 >/dev/null || exit 77
    start_hostile
    expect 1 "1 would be canceled" "$examples/kill_switch" --dry-run --url "$url" $account
    says_hostile_text_safely
    expect 1 "1 unknown" "$examples/kill_switch" --yes --url "$url" --deadline 2 $account # in no list, and unreadable
    says "NOT EMPTY, or not known to be"
    ;;
  handle_every_outcome)
    start_mock $spares
    expect 0 "accepted; the order may still fill" "$examples/handle_every_outcome" $account $open --url "$url"
    expect 3 "read the order before acting" "$examples/handle_every_outcome" $account $filled --url "$url"
    expect 2 "the call must be corrected" "$examples/handle_every_outcome" $account unknown --url "$url"
    expect 1 "safe to try again" "$examples/handle_every_outcome" $account $open --url http://127.0.0.1:1
    expect 2 "usage: " "$examples/handle_every_outcome" $account
    expect_full_output 6 "accepted; the order may still fill" \
      "$examples/handle_every_outcome" $account SPARE --url "$url"
    expect_full_output 3 "read the order before acting" "$examples/handle_every_outcome" $account $filled --url "$url"
    ;;
  observe_attempts)
    start_mock $spares
    expect 0 "http.request.resend_count=0 http.response.status_code=204 sends=1" \
      "$examples/observe_attempts" $account $open --url "$url"
    expect 1 "http.request.resend_count=2 error.type=connect_failed sends=0" \
      "$examples/observe_attempts" $account $open --url http://127.0.0.1:1
    expect_full_output 6 "accepted, request id " "$examples/observe_attempts" $account SPARE --url "$url"
    command -v python3 >/dev/null || exit 77
    start_hostile # it reports bytes that are no request
    for closed in '2>&-' '<&- 2>&-'; do
      expect 0 "accepted" sh -c '"$@" '"$closed" sh "$examples/observe_attempts" $account $open --url "$url"
    done
    expect 6 "" sh -c '"$@" <&- >&- 2>&-' sh "$examples/observe_attempts" $account $open --url "$url"
    sleep 0.2
    ! grep -q garbage "$log" || fail "the output went to the broker"
    ;;
  rotating_credentials)
    start_mock $spares
    secrets=$files/secrets
    printf '%s\n%s\n' "$ALPACA_BROKER_API_KEY" "$ALPACA_BROKER_API_SECRET" >"$secrets"
    unset ALPACA_BROKER_API_KEY ALPACA_BROKER_API_SECRET
    run="$examples/rotating_credentials"
    expect 0 "cancel accepted, attempts 1" sh -c "'$run' $account $open --url '$url' --fd 3 3<'$secrets'"
    # The app's key has been replaced, so the first cancel is refused and retried.
    expect 1 "That was after 2 attempts" sh -c \
      "printf 'key of yesterday\nand its secret\n' | '$run' $account $filled --url '$url' --fd 0 --file '$secrets'"
    case $output in *NotCancelable*) ;; *) fail "did not retry with the newer key: $output" ;; esac
    expect_full_output 6 "cancel accepted, attempts 1" "$run" $account SPARE --url "$url" --file "$secrets"
    expect 1 "cannot be read" sh -c '"$@" <&-' sh "$run" $account $open --url "$url" --fd 0
    expect 1 "not a whole number" "$run" $account $open --url "$url" --fd 3x
    expect 1 "Unauthorized: " sh -c "printf 'yesterday\nsecret-of-it\n' | '$run' $account $open --url '$url' --fd 0"
    case $output in *secret-of-it*) fail "shows a secret: $output" ;; esac
    printf 'yesterday\nsecret-of-it\n' >"$secrets"
    expect 1 "returned the same credentials again" "$run" $account $open --url "$url" --file "$secrets"
    expect 1 "a line with the key and a line with the secret" sh -c "echo only-a-key | '$run' $account $open --fd 0"
    expect 1 "longer than" sh -c "head -c 9999 /dev/zero | '$run' $account $open --fd 0"
    expect 1 "cannot be read" "$run" $account $open --file /nowhere
    expect 2 "usage: " "$run" $account $open
    ;;
  warm_up)
    start_mock
    expect 0 "3 of 3 connections are warm" "$examples/warm_up" --url "$url" --connections 3
    expect 0 "the market is open until 20" "$examples/warm_up" --url "$url"
    expect 2 "InvalidArgument: warmUp's number of connections is 17" "$examples/warm_up" --url "$url" --connections 17
    expect 2 "NotSent: " "$examples/warm_up" --url http://127.0.0.1:1
    expect 2 "usage: " "$examples/warm_up" --nonsense
    expect_full_output 6 "3 of 3 connections are warm" "$examples/warm_up" --url "$url" --connections 3
    ALPACA_BROKER_API_SECRET=wrong
    expect 2 "Unauthorized: " "$examples/warm_up" --url "$url"
    ;;
  spdlog_log)
    expect 0 "level=info" "$examples/spdlog_log"
    says 'level=debug .* attempt .*accepted-at-once .*resend_count=0 http.response.status_code=204 sends=1'
    says 'level=info .* cancel .*order_id=accepted-at-once outcome=accepted .*request_id=[0-9a-f]'
    says 'level=warning .* attempt .*accepted-after-a-502 .*error.type=502 .*maybe_applied=true .*retry_in_ms='
    says 'level=info .* cancel .*order_id=accepted-after-a-502 outcome=accepted .*attempts=2 sends=2'
    says 'level=warning .* cancel .*order_id=too-late outcome=NotCancelable maybe_applied=false'
    says 'level=critical .* cancel .*refused-after-doubt outcome=NotCancelable maybe_applied=true .*request_id=[0-9a-f]'
    says 'level=critical .* attempt .*never-answered .*decision="attempts used up"'
    says 'level=critical .* cancel .*order_id=never-answered outcome=InDoubt maybe_applied=true attempts=3'
    says 'level=error .* attempt .*nobody-there .*error.type=connect_failed sends=0'
    says 'level=error .* cancel .*order_id=nobody-there outcome=NotSent maybe_applied=false attempts=3 sends=0'
    says 'done lines_lost=0$'
    [ "$(printf '%s\n' "$output" | grep -vc '^time=20.*Z level=')" = 0 ] || fail "a line was forged: $output"
    case $output in *mock-api-*) fail "a credential is in the log: $output" ;; esac
    expect_full_output 6 "cannot be written" "$examples/spdlog_log"
    ;;
  otlp_trace)
    expect 0 "requests 12, spans lost 0" "$examples/otlp_trace" "$files/spans.jsonl" "$files/metrics.jsonl"
    command -v python3 >/dev/null || exit 77 # the check of the files needs python
    expect 0 "both files say what happened" python3 "${0%/*}/otlp_check.py" "$files/spans.jsonl" "$files/metrics.jsonl"
    [ ! -c /dev/full ] || expect 1 "requests 12, spans lost " "$examples/otlp_trace" /dev/full "$files/metrics.jsonl"
    expect 1 "/nowhere/spans.jsonl cannot be written" "$examples/otlp_trace" /nowhere/spans.jsonl /nowhere/metrics.jsonl
    expect 2 "usage: " "$examples/otlp_trace"
    expect_full_output 6 "requests 12" "$examples/otlp_trace" "$files/spans.jsonl" "$files/metrics.jsonl"
    ;;
  prometheus_textfile)
    metrics="$files/broker.prom"
    expect 0 "accepted-at-once: accepted" "$examples/prometheus_textfile" "$metrics"
    says "^nobody-there: NotSent"
    [ "$(ls "$files" | grep -c draft)" = 0 ] || fail "a draft was left behind"
    expect 0 "# TYPE alpaca_broker_attempt_duration_seconds histogram" cat "$metrics"
    labels='method="DELETE",path="/v1/trading/accounts/{account_id}/orders/{order_id}"'
    says "^alpaca_broker_attempt_duration_seconds_count{$labels,result=\"204\"} 2$"
    says "^alpaca_broker_attempt_duration_seconds_bucket{$labels,result=\"204\",le=\"+Inf\"} 2$"
    says "^alpaca_broker_attempt_duration_seconds_bucket{$labels,result=\"204\",le=\"0.005\"} [0-2]$"
    says "^alpaca_broker_attempt_duration_seconds_count{$labels,result=\"422\"} 1$"
    says "^alpaca_broker_attempt_duration_seconds_count{$labels,result=\"connect_failed\"} 3$"
    says "^alpaca_broker_retries_total{$labels,result=\"502\"} 1$"
    says '^alpaca_broker_calls_total{operation="cancelOrder"} 4$'
    says '^alpaca_broker_calls_failed_total{operation="cancelOrder"} 2$'
    says '^alpaca_broker_calls_in_doubt_total{operation="cancelOrder"} 0$'
    expect 1 "/nowhere/broker.prom cannot be written" "$examples/prometheus_textfile" /nowhere/broker.prom
    expect 2 "usage: " "$examples/prometheus_textfile"
    expect_full_output 6 "cannot be written" "$examples/prometheus_textfile" "$metrics"
    ;;
  asio_loop)
    expect 0 "results on another thread than the loop's: 0" "$examples/asio_loop"
    for line in "new: cancel accepted" "filled: NotCancelable" "accepted: cancel accepted" \
      "partially_filled: cancel accepted" "held: cancel accepted"; do
      says "^order-$line"
    done
    says "^order-[a-z_]*: NotSent" # by the full queue; which orders depends on how fast it empties
    says "once more, by future: NotCancelable"
    case $output in submitted*) ;; *) fail "a result arrived during a submission: $output" ;; esac
    "$examples/asio_loop" --silent >"$log" 2>&1 &
    mock=$!
    for _ in $(seq 100); do
      grep -q "the broker has a request" "$log" && break
      sleep 0.05
    done
    kill -TERM "$mock"
    wait "$mock" || fail "an interrupted loop did not end well"
    mock=
    expect 0 "results on another thread than the loop's: 0" cat "$log"
    says "^order-new: InDoubt, maybe applied"
    says "^order-filled: Aborted"
    ;;
  asio_coroutine)
    expect 0 "order-new: cancel accepted" "$examples/asio_coroutine"
    says "^order-filled: NotCancelable"
    says "^order-accepted: InDoubt" # only Asio's cancellation ended the wait for a silent broker
    expect_full_output 6 "cannot be written" "$examples/asio_coroutine"
    ;;
  mock_broker)
    start_mock --tls
    case $url in https://127.0.0.1:*) ;; *) fail "not https: $url" ;; esac
    ca=$(sed -n 's/^ca *//p' "$log")
    [ -r "$ca" ] || fail "the CA file cannot be read"
    kill "$mock"
    wait "$mock" || fail "an interrupt must not count as a failure"
    [ -e "$ca" ] && fail "the CA file was left behind"
    mock=
    expect 2 "usage: " "$examples/mock_broker" one two
    expect_full_output 6 "cannot be written" "$examples/mock_broker"
    start_mock --tls
    ca=$(sed -n 's/^ca *//p' "$log")
    kill -s HUP "$mock"
    wait "$mock" || fail "a closed terminal must not count as a failure"
    [ -e "$ca" ] && fail "the CA file was left behind"
    mock=
    : # not a failure
    ;;
esac
