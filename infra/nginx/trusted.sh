#!/bin/sh
# Tells the gateway in containers whose word for an address counts: one line for each of SHANGUANG_TRUSTED_PROXIES, which
# are addresses or networks between commas. The image runs this before nginx.
set -eu

target=${1:-/etc/nginx/conf.d/trusted.conf}
: > "$target"
for proxy in $(printf '%s' "${SHANGUANG_TRUSTED_PROXIES:-}" | tr ',' ' '); do
    case $proxy in
        *[!0-9a-fA-F.:/]*)
            echo "SHANGUANG_TRUSTED_PROXIES：“$proxy”不是地址或网段。" >&2
            exit 1
            ;;
    esac
    echo "set_real_ip_from $proxy;" >> "$target"
done
