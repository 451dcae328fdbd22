/** server */
package io.orbitmq.server;
