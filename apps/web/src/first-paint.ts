// The styles of the first frame. The build writes them into index.html (build/first-paint.ts), so that the
// header and the early form wait for no other file.
import './font.css'
import 'virtual:brand.css'
import './tokens.css'
import './base.css'
import './shell/app-header.css'
import './shell/not-loaded.css'
import './early-form/early-form.css'
