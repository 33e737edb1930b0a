// Prints what Go's regexp does with patterns by chance, one JSON list a line: pattern, text, replacement, and the text after
// it; null if nothing matches, and no fourth item if the pattern is refused. The table of GoPatternTest is
//
//	go run scripts/go-patterns/record.go > sdk-api/src/test/resources/dev/rookery/api/configfile/go-patterns.jsonl
package main

import (
	"encoding/json"
	"math/rand"
	"os"
	"regexp"
	"strings"
)

var patterns = strings.Split(`a b A é ſ K k s \n . [ab] [^a] [a-k] [[:alpha:]] [[:^digit:]] \w \W \d \s \b \B ^ $ * + ? {2} {1,2} {2,} `+
	`*? +? ?? ( ( (?: (?P<n> (?i) (?i: (?m) (?s) (?U) (?-i) ) ) | \Q \E \pL \p{Lu} \P{Greek} \A \z [ ] - && \v \x41 \101 _ 1`, " ")
var texts = []string{"a", "b", "A", "é", "ſ", "K", "k", "s", "S", "\n", "\r", "1", " ", "_", "\v"}
var replacements = []string{"<$1>", "[$0]", "x", "${n}-", "$2$1"}

func pick(random *rand.Rand, parts []string, count int) string {
	var text strings.Builder
	for i := 0; i < count; i++ {
		text.WriteString(parts[random.Intn(len(parts))])
	}
	return text.String()
}

func main() {
	random := rand.New(rand.NewSource(20261121))
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	left := map[string]int{"found": 1200, "not found": 200, "refused": 200}
	for left["found"]+left["not found"]+left["refused"] > 0 {
		pattern := pick(random, patterns, 2+random.Intn(8))
		text := pick(random, texts, random.Intn(8))
		replacement := pick(random, replacements, 1)
		row := []any{pattern, text, replacement}
		kind := "refused"
		if compiled, err := regexp.Compile(pattern); err == nil {
			kind = "not found"
			if compiled.MatchString(text) {
				kind = "found"
				row = append(row, compiled.ReplaceAllString(text, replacement))
			} else {
				row = append(row, nil)
			}
		}
		if left[kind] > 0 {
			left[kind]--
			if err := out.Encode(row); err != nil {
				panic(err)
			}
		}
	}
}
