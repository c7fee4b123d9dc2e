// A server on ws, the library that most of Node.js uses, which broadcasts as its README suggests.
//
//   node server.js PORT
'use strict'

const { WebSocket, WebSocketServer } = require('ws')

const channels = new Map()
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  backlog: 4096,
  perMessageDeflate: false
})

server.on('connection', socket => {
  let joined
  socket.on('error', console.error)
  socket.on('close', () => channels.get(joined)?.delete(socket))
  socket.on('message', data => {
    if (data[0] === 0x53) {
      joined = data.toString('latin1', 1)
      if (!channels.has(joined)) channels.set(joined, new Set())
      channels.get(joined).add(socket)
      socket.send(data, { binary: false })
      return
    }
    const space = data.indexOf(0x20)
    const payload = data.subarray(space + 1)
    channels.get(data.toString('latin1', 1, space))?.forEach(subscriber => {
      if (subscriber.readyState === WebSocket.OPEN) subscriber.send(payload, { binary: false })
    })
  })
})

server.on('listening', () => console.log('ready'))
