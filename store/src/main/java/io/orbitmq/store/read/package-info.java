/**
 * Reading: {@link io.orbitmq.store.read.QueueReader} walks a queue's index entries and hands out records; {@link
 * io.orbitmq.store.read.RecordSource} gets a record's bytes from the tail window or the disk. Any thread; reads take no
 * lock that appends or flushes take.
 */
package io.orbitmq.store.read;
