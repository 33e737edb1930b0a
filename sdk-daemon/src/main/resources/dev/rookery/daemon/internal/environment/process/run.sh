# Runs one process, so that it and its exit code outlive the daemon: run.sh FOLDER
# The wrapper is the leader of a session; the process is its only child. Signals for the wrapper itself change nothing.
folder=$1
trap : HUP INT QUIT TERM
read -r stat </proc/$$/stat
printf '%s\n' "$stat" >"$folder/wrapper.new" && mv "$folder/wrapper.new" "$folder/wrapper"
# Opened both ways: opening does not wait for a writer, and the process sees no end when one goes.
exec 3<>"$folder/stdin"
# A shell without job control has its children ignore SIGINT and SIGQUIT.
env --default-signal=INT,QUIT unshare --mount --propagation private sh "$folder/enter.sh" <&3 3<&- >>"$folder/output" 2>&1 &
child=$!
printf '%s\n' "$child" >"$folder/child.new" && mv "$folder/child.new" "$folder/child"
while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
done
printf '%s\n' "$code" >"$folder/exit.new" && mv "$folder/exit.new" "$folder/exit"
