/**
 * What an operator does with a store that no broker has open: {@link io.orbitmq.store.tools.StoreVerifier} checks one
 * without changing it, {@link io.orbitmq.store.tools.RocketMqStoreImport} reads the state files of an Apache RocketMQ
 * store. Both return reports; printing and exit codes are the command line's business. One thread, the caller's. Source:
 * protocol/05.
 */
package io.orbitmq.store.tools;
