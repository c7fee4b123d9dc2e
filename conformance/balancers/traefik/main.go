// Command traefik reads files of dynamic configuration as Traefik's file provider does. A key that
// Traefik lacks is an error.
package main

import (
	"fmt"
	"os"

	"github.com/traefik/paerser/file"
	"github.com/traefik/traefik/v3/pkg/config/dynamic"
)

func main() {
	status := 0
	for _, path := range os.Args[1:] {
		var config dynamic.Configuration
		if err := file.Decode(path, &config); err != nil {
			fmt.Printf("%s: %v\n", path, err)
			status = 1
		}
	}
	os.Exit(status)
}
