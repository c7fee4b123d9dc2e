// A server on gorilla/websocket with the architecture of its chat example: a hub, and for each connection
// a queue, a goroutine that reads and one that writes.
//
//	gorilla PORT
package main

import (
	"bytes"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/gorilla/websocket"
)

const (
	writeWait      = 10 * time.Second
	pongWait       = 60 * time.Second
	pingPeriod     = pongWait * 9 / 10
	maxMessageSize = 1 << 20
	queueLength    = 256
)

var upgrader = websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024}

type client struct {
	hub     *hub
	conn    *websocket.Conn
	send    chan []byte
	channel string
}

type message struct {
	from    *client
	channel string
	payload []byte
}

type hub struct {
	channels   map[string]map[*client]bool
	subscribe  chan message
	publish    chan message
	unregister chan *client
}

func (h *hub) run() {
	for {
		select {
		case m := <-h.subscribe:
			m.from.channel = m.channel
			if h.channels[m.channel] == nil {
				h.channels[m.channel] = make(map[*client]bool)
			}
			h.channels[m.channel][m.from] = true
			m.from.send <- []byte("S" + m.channel)
		case c := <-h.unregister:
			h.drop(c)
		case m := <-h.publish:
			for c := range h.channels[m.channel] {
				select {
				case c.send <- m.payload:
				default:
					h.drop(c)
				}
			}
		}
	}
}

// Called by the hub alone. Who never subscribed, or was dropped before, is in no channel.
func (h *hub) drop(c *client) {
	if h.channels[c.channel][c] {
		delete(h.channels[c.channel], c)
		close(c.send)
	}
}

func (c *client) readPump() {
	defer func() {
		c.hub.unregister <- c
		c.conn.Close()
	}()
	c.conn.SetReadLimit(maxMessageSize)
	c.conn.SetReadDeadline(time.Now().Add(pongWait))
	c.conn.SetPongHandler(func(string) error {
		return c.conn.SetReadDeadline(time.Now().Add(pongWait))
	})
	for {
		_, data, err := c.conn.ReadMessage()
		if err != nil || len(data) == 0 {
			return
		}
		name, payload, _ := bytes.Cut(data[1:], []byte{' '})
		m := message{c, string(name), payload}
		if data[0] == 'S' {
			c.hub.subscribe <- m
		} else {
			c.hub.publish <- m
		}
	}
}

func (c *client) writePump() {
	ticker := time.NewTicker(pingPeriod)
	defer func() {
		ticker.Stop()
		c.conn.Close()
	}()
	for {
		kind, data := websocket.TextMessage, []byte(nil)
		select {
		case payload, open := <-c.send:
			if !open {
				return
			}
			data = payload
		case <-ticker.C:
			kind = websocket.PingMessage
		}
		c.conn.SetWriteDeadline(time.Now().Add(writeWait))
		if err := c.conn.WriteMessage(kind, data); err != nil {
			return
		}
	}
}

func main() {
	h := &hub{make(map[string]map[*client]bool), make(chan message), make(chan message), make(chan *client)}
	go h.run()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			log.Println(err)
			return
		}
		c := &client{hub: h, conn: conn, send: make(chan []byte, queueLength)}
		go c.writePump()
		go c.readPump()
	})
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("ready")
	log.Fatal(http.Serve(listener, nil))
}
