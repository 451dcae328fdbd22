/**
 * JSON bodies, one package per noun: {@code topic}, {@code group}, {@code client}, {@code queue}, {@code route} and
 * {@code broker}. Each body is a record with {@code decode} and {@code encode}; the mapping is written by hand, lenient
 * when reading, standard JSON when writing. This package itself is empty. Source: protocol/02, 07, 11.
 */
package io.orbitmq.protocol.body;
