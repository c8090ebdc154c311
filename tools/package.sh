# shellcheck shell=sh
# ./dev package: makes the Debian packages and uses them as a new user would. Sourced by dev.

package() {
  [ "$(manager)" = apt-get ] || fail "package: makes Debian packages, with Debian's own tools"
  case ${1-} in
    '')
      make_debs
      check_debs
      use_debs
      ;;
    --from-source) from_source ;;
    *) fail "package: there is no option $1; see ./dev help" ;;
  esac
}

make_debs() {
  need_build dpkg-dev file lintian
  say "Building the packages (some minutes the first time)"
  rm -rf build/package/cpack build/package/*.deb
  DEB_BUILD_MAINT_OPTIONS=hardening=+all
  export DEB_BUILD_MAINT_OPTIONS
  # The libraries are installed where the loader looks, so they need no search path of their own.
  quietly package-configure cmake --preset release -B build/package/build -D BUILD_SHARED_LIBS=ON \
    -D CMAKE_INSTALL_PREFIX=/usr -D CMAKE_SKIP_INSTALL_RPATH=ON -D CMAKE_CXX_COMPILER_LAUNCHER="$(compiler_launcher)" \
    -D CMAKE_CXX_FLAGS="$(dpkg-buildflags --get CPPFLAGS) $(dpkg-buildflags --get CXXFLAGS)" \
    -D CMAKE_SHARED_LINKER_FLAGS="$(dpkg-buildflags --get LDFLAGS)"
  quietly package-build cmake --build build/package/build
  # The same commit gives identical packages.
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
  export SOURCE_DATE_EPOCH
  quietly package-cpack cpack --config build/package/build/CPackConfig.cmake -G DEB -B "$PWD/build/package/cpack"
  mv build/package/cpack/*.deb build/package/
}

check_debs() {
  for deb in build/package/*.deb; do
    say "$(basename "$deb"): $(dpkg-deb -f "$deb" Depends)"
    dpkg-deb -c "$deb" | awk '$6 !~ /\/$/ { sub(/^\./, "", $6); print "    " $6 }'
  done
  say "Checking them against Debian's policy"
  root_is_fine=
  [ "$(id -u)" -ne 0 ] || root_is_fine=--allow-root
  # shellcheck disable=SC2086 # empty, or one word
  lintian $root_is_fine --fail-on error,warning build/package/*.deb || fail "lintian found faults, see above"
}

use_debs() {
  if can_make_roots; then
    fresh_root debs
    mkdir "$home/journey"
    cp -R README.md docs/install.md tests/fresh_root tests/package "$home/journey/"
    cp build/package/*.deb "$home/"
    in_root journey/fresh_root/from_debs.sh
    rm -rf "$root"
  else
    say "Using them in a folder (a clean system needs root, mmdebstrap and the right to mount)"
    rm -rf build/package/prefix
    mkdir -p build/package/prefix
    for deb in build/package/*.deb; do dpkg-deb -x "$deb" build/package/prefix; done
    sh tests/fresh_root/from_folder.sh "$PWD/build/package/prefix"
  fi
}

from_source() {
  can_make_roots || fail "package: --from-source needs a clean system: run as root where mounting is allowed"
  fresh_root source
  git clone --quiet --no-local . "$home/alpaca-broker-cpp" # committed files only
  in_root alpaca-broker-cpp/tests/fresh_root/from_source.sh
  rm -rf "$root"
}

can_make_roots() {
  [ "$(id -u)" -eq 0 ] && unshare --mount true 2>/dev/null || return 1
  need "needed for a clean system" mmdebstrap
}

# fresh_root NAME: makes a minimal system in the folder $root, with the home folder $home. It has this machine's release
# and apt sources.
fresh_root() {
  base=build/package/base.tar
  if [ ! -e $base ]; then
    say "Making a minimal system (kept in $base for the next time)"
    mkdir -p build/package
    # shellcheck source=/dev/null
    . /etc/os-release
    # shellcheck disable=SC2016 # apt fills them in
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
      'Created-By: Packages' "Origin: ${NAME%% *}" >build/package/sources.list
    apt-config dump | grep -E '^Acquire::(Check-|https?::)' >build/package/apt.conf || true
    quietly package-base mmdebstrap --mode=root --variant=minbase --include=ca-certificates,git \
      --aptopt="$PWD/build/package/apt.conf" "$VERSION_CODENAME" build/package/base.new.tar build/package/sources.list
    mv build/package/base.new.tar $base
  fi
  root=$PWD/build/package/root-$1
  home=$root/root
  rm -rf "$root"
  mkdir "$root"
  tar -C "$root" -xpf $base
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
}

# in_root SCRIPT: runs the script there. Its mounts are in a separate namespace, which disappears with it in any case.
in_root() {
  # shellcheck disable=SC2016 # that shell expands them
  unshare --mount --propagation private sh -euc '
    mount -t proc proc "$1/proc"
    mount --rbind /dev "$1/dev"
    exec chroot "$1" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
      DEBIAN_FRONTEND=noninteractive http_proxy="${http_proxy-}" https_proxy="${https_proxy-}" \
      sh -c "cd && exec sh $2"' - "$root" "$1" || fail "a step failed, see above (the system is kept: $root)"
}
