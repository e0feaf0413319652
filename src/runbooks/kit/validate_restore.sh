#!/bin/sh
# Tests the gateway, under the name that operators know from the old kit. Arguments are those of `hxops gateway test`.
exec "${HXOPS:-hxops}" gateway test "$@"
