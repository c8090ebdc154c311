# shellcheck shell=sh
# ./dev demo: cancels orders at a mock broker, or one order at a server. Sourced by dev.

demo() {
  url='' account='' order=''
  while [ $# -gt 0 ]; do
    [ $# -gt 1 ] || fail "demo: $1 lacks its value, or is not an option; see ./dev help"
    case $1 in
      --url) url=$2 ;;
      --account) account=$2 ;;
      --order) order=$2 ;;
      *) fail "demo: there is no option $1; see ./dev help" ;;
    esac
    shift 2
  done

  example=demo
  if [ -n "$url$account$order" ]; then
    example=handle_every_outcome
    if [ -z "$url" ] || [ -z "$account" ] || [ -z "$order" ]; then
      fail "demo: give --url, --account and --order, or none of them"
    fi
    if [ -z "${ALPACA_BROKER_API_KEY-}" ] || [ -z "${ALPACA_BROKER_API_SECRET-}" ]; then
      fail "demo: set ALPACA_BROKER_API_KEY and ALPACA_BROKER_API_SECRET to the credentials for $url"
    fi
    need "needed to verify the server's certificate" authorities
  fi
  need_build
  if [ -e build/dev/build.ninja ]; then
    configure dev
  else
    configure dev -D BUILD_TESTING=OFF # the demo does not need GoogleTest
  fi
  build dev --target "$example"
  if [ -n "$url" ]; then
    build/dev/examples/$example "$account" "$order" --url "$url"
  else
    build/dev/examples/$example
  fi
}
