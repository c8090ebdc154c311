# shellcheck shell=sh
# ./dev second-libcurl: the tests with the libcurl of Debian's backports. Sourced by dev.

# Puts the libcurl of Debian's backports into build/second-libcurl, beside the system's: nothing is installed, and apt's
# own lists stay as they are.
fetch_second_libcurl() {
  [ "$(manager)" = apt-get ] || fail "second-libcurl: knows only where Debian keeps another libcurl"
  folder=$PWD/build/second-libcurl
  rm -rf "$folder"
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$folder/root"
  # shellcheck disable=SC2016 # apt fills them in
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk '$2 !~ /-/ && $3 == "main" { print "deb " $1 " " $2 "-backports main"; exit }' >"$folder/sources.list"
  [ -s "$folder/sources.list" ] || fail "second-libcurl: apt names no release here that could have backports"
  cat >"$folder/apt.conf" <<END
Dir::Etc::SourceList "$folder/sources.list";
Dir::Etc::SourceParts "-";
Dir::State::Lists "$folder/lists";
Dir::Cache "$folder/cache";
APT::Sandbox::User "";
END
  say "Fetching the libcurl of the backports"
  (
    cd "$folder"
    APT_CONFIG=$folder/apt.conf
    export APT_CONFIG
    apt-get update && { apt-get download 'libcurl4t64/*-backports' || apt-get download 'libcurl4/*-backports'; }
  ) >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    fail "second-libcurl: the backports could not be read, or have no libcurl"
  }
  dpkg-deb -x "$folder"/libcurl4*.deb "$folder/root"
  second_libcurl=$(dirname "$(find "$folder/root" -name libcurl.so.4)")
  ! ldd "$second_libcurl/libcurl.so.4" | grep 'not found' || fail "second-libcurl: it needs the libraries above"
}

second_libcurl() {
  need_build googletest googlemock
  fetch_second_libcurl
  configure dev -D BUILD_TESTING=ON
  build dev
  say "Testing it with libcurl $(dpkg-deb -f build/second-libcurl/libcurl4*.deb Version)"
  LD_LIBRARY_PATH=$second_libcurl ctest --preset dev --parallel 2 -L '^(unit|integration|faults|nginx)$' "$@"
}
