// A bare server on uWebSockets (C++, through its binding for Node.js): native topics, limits lifted.
//
//   node server.js PORT
'use strict'

const uws = require('uWebSockets.js')

const port = Number(process.argv[2])
const app = uws.App()

app.ws('/*', {
  compression: uws.DISABLED,
  maxPayloadLength: 1 << 20,
  maxBackpressure: 64 << 20,
  message: (socket, message) => {
    const text = Buffer.from(message)
    if (text[0] === 0x53) {
      socket.subscribe(text.toString('latin1', 1))
      socket.send(message, false)
      return
    }
    const space = text.indexOf(0x20)
    app.publish(text.toString('latin1', 1, space), message.slice(space + 1), false)
  }
})

app.listen('127.0.0.1', port, socket => {
  if (!socket) throw new Error('port ' + port + ' is taken')
  console.log('ready')
})
