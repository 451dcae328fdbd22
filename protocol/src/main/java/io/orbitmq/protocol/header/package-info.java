/**
 * Header records of all requests and answers, one package per noun: {@code send}, {@code pull}, {@code offset}, {@code
 * group}, {@code topic}, {@code query}, {@code broker} and {@code route} (nameserver). This package itself is empty.
 */
package io.orbitmq.protocol.header;
