/** What this machine has: looks at every service in its own time, and tells the control plane. */
package dev.geniehive.agent.report;
