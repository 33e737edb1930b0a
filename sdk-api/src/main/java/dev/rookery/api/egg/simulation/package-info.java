/** What a node would do with an egg, found out without one. Begin with {@link dev.rookery.api.egg.simulation.EggSimulation}. */
@NullMarked
package dev.rookery.api.egg.simulation;

import org.jspecify.annotations.NullMarked;
