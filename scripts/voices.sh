#!/bin/bash
# Makes the demo room's three voices from src/causerie/demo/voices/script.txt, with the free voices of flite.
# Needs Debian's flite and ffmpeg. Every track is as long as the talk, silent where the others speak: 20 ms frames of Opus.
set -euo pipefail
cd "$(dirname "$0")/../src/causerie/demo/voices"
work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT

declare -A voice=([aurelie]=slt [karim]=rms [tomasz]=awb)
pause=0.45

quiet() { ffmpeg -nostdin -v error -y -f lavfi -t "$1" -i anullsrc=r=48000:cl=mono -c:a pcm_s16le "$2"; }
seconds() { ffprobe -v error -show_entries format=duration -of csv=p=0 "$1"; }

n=0
for name in "${!voice[@]}"; do : > "$work/$name.list"; done
while IFS=: read -r name line; do
    n=$((n + 1))
    flite -voice "${voice[$name]}" --setf duration_stretch=1.05 -t "$line" -o "$work/raw.wav"
    ffmpeg -nostdin -v error -y -i "$work/raw.wav" -af "highpass=f=70,loudnorm=I=-19:TP=-3,apad=pad_dur=$pause" -ar 48000 -ac 1 "$work/$n.wav"
    quiet "$(seconds "$work/$n.wav")" "$work/$n-quiet.wav"
    for other in "${!voice[@]}"; do
        [ "$other" = "$name" ] && echo "file '$work/$n.wav'" >> "$work/$other.list" || echo "file '$work/$n-quiet.wav'" >> "$work/$other.list"
    done
done < script.txt

for name in "${!voice[@]}"; do
    ffmpeg -nostdin -v error -y -f concat -safe 0 -i "$work/$name.list" -c:a libopus -b:a 20k -vbr on -frame_duration 20 -application voip "$name.opus"
done
