/**
 * The command line, one class per sub-command. Start reading at {@link io.orbitmq.server.command.CommandLines}, which
 * names them all and loads only the one that was asked for: every class that is not loaded makes the start faster. A
 * command reads its options, hands them to {@code node}, {@code demo} or the store's tools, and returns an exit code: 0
 * done, 1 failed, 2 wrong usage. Commands run on the main thread.
 */
package io.orbitmq.server.command;
