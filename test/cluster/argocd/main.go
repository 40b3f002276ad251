// What Argo CD itself says: of objects on a cluster, whether it would show them OutOfSync ("compare"), and of Applications and
// their AppProjects, which files and objects they take ("place"). It reads JSON from its standard input and writes JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("give compare or place"))
	}
	var answer any
	var err error
	switch os.Args[1] {
	case "compare":
		answer, err = read(compare)
	case "place":
		answer, err = read(place)
	default:
		err = fmt.Errorf("give compare or place, not %q", os.Args[1])
	}
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		fail(err)
	}
}

func read[Question any, Answer any](answer func(Question) (Answer, error)) (any, error) {
	var question Question
	if err := json.NewDecoder(os.Stdin).Decode(&question); err != nil {
		return nil, err
	}
	return answer(question)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
