/**
 * The requests of a nameserver, one class per noun. {@link io.orbitmq.nameserver.request.NameserverHandlers} is the
 * table: code, handler, lane. Route queries run on the event loops because they only read memory; everything else runs
 * on one lane, because it may touch the disk or decode megabytes. Source: protocol/02 sections 2 to 6.
 */
package io.orbitmq.nameserver.request;
