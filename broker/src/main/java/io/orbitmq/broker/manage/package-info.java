/**
 * What operators ask and order, one handler per request code, grouped by noun: {@code topic}, {@code group}, {@code
 * offset}, {@code client} and {@code broker}. This package holds what the handlers work with ({@link
 * io.orbitmq.broker.manage.ManageParts}) and the ports to the outside. All of it runs on a pool: handlers look at whole
 * tables and may wait for the disk. Changes are answered when they are durable. Source: protocol/11.
 */
package io.orbitmq.broker.manage;
