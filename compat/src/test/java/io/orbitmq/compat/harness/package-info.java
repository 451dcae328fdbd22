/**
 * Where things are and how they are started: the build's directories ({@link io.orbitmq.compat.harness.Workspace}), class
 * loaders that keep an official library apart ({@link io.orbitmq.compat.harness.IsolatedLoader}), child processes
 * ({@link io.orbitmq.compat.harness.ChildProcess}) and free ports. Nothing here knows a message.
 */
package io.orbitmq.compat.harness;
