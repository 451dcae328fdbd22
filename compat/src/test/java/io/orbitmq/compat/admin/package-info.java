/**
 * The official mqadmin 5.3.3 against our server: the commands an operator uses, judged by what they print. The tool runs inside
 * the test process, in a class loader of its own; start at {@link io.orbitmq.compat.admin.Mqadmin}.
 */
package io.orbitmq.compat.admin;
