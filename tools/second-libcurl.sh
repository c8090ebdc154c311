# shellcheck shell=sh
# ./dev second-libcurl: runs the tests with the libcurl of Debian's backports. Sourced by dev.

second_libcurl() {
  [ "$(manager)" = apt-get ] || fail "second-libcurl: works only with Debian's backports"
  need_build googletest googlemock python
  fetch_second_libcurl
  configure dev -D BUILD_TESTING=ON
  build dev
  say "Testing with libcurl $(dpkg-deb -f "$folder"/cache/archives/libcurl4*.deb Version)"
  LD_LIBRARY_PATH=$(dirname "$library") ctest --preset dev --parallel 2 -L '^(unit|integration|faults|nginx)$' "$@"
}

# Fetches it into build/second-libcurl, apart from the system's; each time again, as there may be a newer one.
fetch_second_libcurl() {
  folder=build/second-libcurl
  rm -rf "$folder"
  say "Fetching libcurl from the backports"
  mkdir -p build/log
  unpack_libcurl libcurl4t64 >build/log/second-libcurl.log 2>&1 || quietly second-libcurl unpack_libcurl libcurl4
  library=$(find "$PWD/$folder" -name libcurl.so.4)
  ! ldd "$library" | grep 'not found' || fail "second-libcurl: the libraries above are missing"
}

unpack_libcurl() { python3 tests/matrix/packages.py "$folder" backports "$1"; }
