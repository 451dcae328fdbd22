/**
 * One small file that is read as a whole and replaced as a whole: {@link io.orbitmq.nameserver.file.AtomicFile}. Not safe
 * for concurrent changes; its owner orders them.
 */
package io.orbitmq.nameserver.file;
