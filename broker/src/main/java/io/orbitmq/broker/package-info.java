/** broker */
package io.orbitmq.broker;
