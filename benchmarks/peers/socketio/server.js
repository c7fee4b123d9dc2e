// A Socket.IO server: WebSocket only, a room for each channel. "s" joins one, "p" publishes to it.
//
//   node server.js PORT
'use strict'

const { createServer } = require('http')
const { Server } = require('socket.io')

const http = createServer()
const io = new Server(http, { transports: ['websocket'] })

io.on('connection', socket => {
  socket.on('s', room => {
    socket.join(room)
    socket.emit('s', room)
  })
  socket.on('p', (room, payload) => io.to(room).emit('m', payload))
})

http.listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096 }, () => console.log('ready'))
