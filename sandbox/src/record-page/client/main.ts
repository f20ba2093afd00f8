import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import App from 'page/app';

document.getElementById('app')?.append(createElement('page-app', { is: App }));
