/**
 * The listening side. Start reading at {@link io.orbitmq.transport.server.RemotingServer}: it binds ports, gives each
 * its table of handlers and stops gracefully. {@code FirstBytes} looks at the start of a connection, where a PROXY
 * protocol header or TLS would be; TLS is to be added there. Connections belong to the event loops of the server.
 */
package io.orbitmq.transport.server;
