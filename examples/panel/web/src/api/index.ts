import { ApiClient } from './client';
import { PanelApi } from './panel';

/** The one client of this page. */
export const panel = new PanelApi(new ApiClient());

export { ApiError, toApiError } from './errors';
export type * from './types';
