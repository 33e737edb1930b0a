#!/bin/sh
# What a server container runs: the start command from $STARTUP, as hosting panels expect of an image.
# {{NAME}} is another spelling of ${NAME}. A command that starts with exec gets the container's stop signals itself.
cd /home/container || exit 1
command=$(printf '%s' "$STARTUP" | sed -e 's/{{/${/g' -e 's/}}/}/g')
printf ':/home/container$ %s\n' "$command"
exec sh -c "$command"
