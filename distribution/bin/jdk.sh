# Finds a JDK of at least version 25 and sets JAVA_HOME to it. Sourced by ./mvnw and ./geniehive; POSIX sh.

geniehive_jdk_version() { # DIR: sets geniehive_jdk_found to the feature version of the JDK there, or to nothing
  geniehive_jdk_found=
  if [ -f "$1/release" ]; then
    while IFS= read -r geniehive_line; do
      case $geniehive_line in
        'JAVA_VERSION="'*)
          geniehive_line=${geniehive_line#*'"'}
          geniehive_jdk_found=${geniehive_line%%[!0-9]*}
          return
          ;;
      esac
    done < "$1/release"
  elif [ -x "$1/bin/java" ]; then
    geniehive_jdk_found=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
}

geniehive_is_jdk() { # DIR
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  geniehive_jdk_version "$1"
  [ -n "$geniehive_jdk_found" ] && [ "$geniehive_jdk_found" -ge 25 ]
}

geniehive_take_jdk() { # DIR ...: takes the first that is one
  for geniehive_dir in "$@"; do
    if geniehive_is_jdk "$geniehive_dir"; then
      JAVA_HOME=$geniehive_dir
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

geniehive_find_jdk() {
  geniehive_take_jdk "${GENIEHIVE_JAVA_HOME:-}" "${JAVA_HOME:-}" && return 0
  geniehive_on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$geniehive_on_path" ]; then
    geniehive_on_path=$(readlink -f "$geniehive_on_path" 2>/dev/null || echo "$geniehive_on_path")
    geniehive_on_path=${geniehive_on_path%/bin/javac}
  fi
  geniehive_mac=
  if [ -x /usr/libexec/java_home ]; then
    geniehive_mac=$(/usr/libexec/java_home -v 25+ 2>/dev/null || true)
  fi
  geniehive_take_jdk "$geniehive_on_path" "$geniehive_mac" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* \
    "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home && return 0
  cat >&2 <<'MESSAGE'
GenieHive needs a JDK 25 or newer, and none was found in GENIEHIVE_JAVA_HOME, JAVA_HOME, on the PATH or in the usual folders.
Get one, for example:
  Debian, Ubuntu   apt install openjdk-25-jdk        (or temurin-25-jdk from https://adoptium.net)
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install --cask temurin@25
  any              https://adoptium.net/temurin/releases/?version=25
Then run this again, or point GENIEHIVE_JAVA_HOME at the folder it was unpacked to.
MESSAGE
  return 1
}
