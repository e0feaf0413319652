#!/bin/sh
# Takes a checkpoint, under the name that operators know from the old kit. Arguments are those of `hxops checkpoint new`.
exec "${HXOPS:-hxops}" checkpoint new "$@"
