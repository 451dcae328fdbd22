/**
 * Key-value settings by namespace, the only thing a nameserver keeps over a restart. {@link
 * io.orbitmq.nameserver.kv.KvStore} is the front door; each change is on disk before it is seen. Any thread may call it;
 * changes block on the disk, so they belong on a lane. Source: protocol/02 section 6.
 */
package io.orbitmq.nameserver.kv;
