// Package ext is the place of further keys that Traefik's module names and does not ship: none here.
package ext

// HTTP has no further keys.
type HTTP struct{}

// Router has no further keys.
type Router struct{}
