/** nameserver */
package io.orbitmq.nameserver;
