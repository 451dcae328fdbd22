/**
 * Reading: {@link io.orbitmq.store.read.QueueReader} walks a queue's index entries and hands out records; {@link
 * io.orbitmq.store.read.RecordSource} gets a record's bytes from the tail window, from the {@link
 * io.orbitmq.store.read.BlockCache} of what was read lately, or from the disk. Any thread; reads take no lock that appends or
 * flushes take, and those that must not wait for the disk take none at all.
 */
package io.orbitmq.store.read;
