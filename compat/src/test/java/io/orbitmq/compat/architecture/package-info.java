/**
 * The rules of the house as tests: module and package arrows, no cycles, sizes, banned calls, names. Start reading at
 * {@link io.orbitmq.compat.architecture.ArchitectureTest}. Rules about text work on the sources, rules about
 * dependencies on the compiled classes of all modules.
 */
package io.orbitmq.compat.architecture;
