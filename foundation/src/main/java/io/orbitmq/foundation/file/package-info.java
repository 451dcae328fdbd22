/**
 * The file layer's port. {@link io.orbitmq.foundation.file.Disk} is all that the store knows of the operating system's
 * files: positional reads and writes, explicit {@code force}, directory listing, atomic rename. {@code SystemDisk} is
 * the real one; testkit's simulated disk loses, tears and reorders what was not forced. Disks that
 * count or time extend {@link io.orbitmq.foundation.file.ForwardingDisk}. No state, no threads of its own.
 */
package io.orbitmq.foundation.file;
