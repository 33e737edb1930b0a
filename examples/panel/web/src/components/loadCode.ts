const ATTEMPTS = 3;
const PAUSE_MS = 500;

/** Fetches code that is needed only now. A network that was away for a moment costs a moment, not the page. */
export async function loadCode<M>(load: () => Promise<M>, pauseMs = PAUSE_MS): Promise<M> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await load();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
