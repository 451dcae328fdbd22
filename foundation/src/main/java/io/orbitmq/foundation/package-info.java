/**
 * Things with no messaging word in them that three or more modules use: time, scheduling, files, configuration. Each
 * sub-package is one port with its production implementation; the simulated ones live in testkit.
 */
package io.orbitmq.foundation;
