// Reads YAML as kubectl does: a JSON list of texts on standard input, and for each of them on standard output what
// kubectl takes its documents for, or what it says against the first that it refuses.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
)

type reading struct {
	Documents []json.RawMessage `json:"documents"`
	Mistake   string            `json:"mistake,omitempty"`
}

func read(text string) (result reading) {
	result.Documents = []json.RawMessage{}
	defer func() {
		if cause := recover(); cause != nil {
			result.Mistake = fmt.Sprint(cause)
		}
	}()
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return result
		}
		if err != nil {
			result.Mistake = err.Error()
			return result
		}
		result.Documents = append(result.Documents, document)
	}
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	readings := make([]reading, 0, len(texts))
	for _, text := range texts {
		readings = append(readings, read(text))
	}
	if err := json.NewEncoder(os.Stdout).Encode(readings); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
